"""Yanxing: from a government work report to a site that tracks its commitments.

The stages, in the order in which a report passes through them:
read → split → tag → ledger → edition → pages → site.
"""

__version__ = "1.0"

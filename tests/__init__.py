"""The tests mirror scripts/: a module a room. What they share stands in conftest.py."""

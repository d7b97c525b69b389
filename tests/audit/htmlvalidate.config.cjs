// HTML as the standard has it. A rule is only set otherwise here with its reason.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Both cases are valid; ours is the one of the standard's own examples.
    "doctype-style": ["error", { style: "lowercase" }],
    // The standard lets an id begin with a digit (13th-five-year-plan); only HTML 4 did not.
    "valid-id": ["error", { relaxed: true }],
    // A matter of search engines, not of validity: a title carries a commitment's own words and the report's name.
    "long-title": "off",
    // Tables are laid out as grids and cards, by which they would lose their roles: there these are written out.
    "no-redundant-role": "off",
    // The filters of the index act as one chooses; there is nothing to submit.
    "wcag/h32": "off",
    // A list of links under a search field, as the combobox pattern wants it, cannot be a select element.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
};

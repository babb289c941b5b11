"""Buttons of the form in which admins write their own words."""

SHOW, RESET = "programs_wording_show", "programs_wording_reset"

"""Action ids of the form for message templates."""

SHOW, RESET = "programs_wording_show", "programs_wording_reset"

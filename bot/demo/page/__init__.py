"""Web interface to the simulated workspace, as each person sees it."""

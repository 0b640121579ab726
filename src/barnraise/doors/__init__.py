"""How one enters: desk, portal, site, api. Doors know everything below, and not each other."""

"""Tables that ship with the package. `demands.csv` is authored: see `demands`."""

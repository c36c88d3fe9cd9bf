"""Service measures: the rules of one person's history, intervals, survival, and fidelity scales as data.

`rules` is the one place to import the rules from; the modules beside it hold them by subject.
"""

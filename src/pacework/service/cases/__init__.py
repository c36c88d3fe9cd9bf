"""Client, episode, consent, assignment: the one door to a person's record."""

"""Pages about clients: who they are, who carries them, what they agreed to."""

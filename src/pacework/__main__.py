"""`python -m pacework` is the command `pacework`."""

import sys

from pacework.cli import main

sys.exit(main())

"""`python -m barnraise` is the command `barnraise`."""

from barnraise.config.commands import main

raise SystemExit(main())

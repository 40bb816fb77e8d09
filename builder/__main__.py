"""`python -m builder` is the `glossator` command."""

from builder.cli import main

if __name__ == "__main__":
    main()

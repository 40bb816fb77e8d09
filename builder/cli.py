"""The commands: the only place that prints or sets an exit status."""

from __future__ import annotations

import sys

import click
import msgspec

from builder import __version__
from builder.annotate.jsonl import annotate_lines


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="glossator")
def main() -> None:
    """Turn a folder of articles into a static documentary archive."""


@main.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read and write JSON Lines.")
@click.option("--profile", type=click.Choice(["speech", "attribution"]), default="speech", show_default=True)
@click.option("--model", default="en_core_web_sm", show_default=True)
def annotate(jsonl: bool, profile: str, model: str) -> None:
    """Annotate texts: one JSON object a line in, one a line out."""
    failed = False
    for line in annotate_lines(sys.stdin.buffer, profile, model):  # type: ignore[arg-type]
        failed |= "error" in line
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        sys.stdout.buffer.flush()
    sys.exit(1 if failed else 0)

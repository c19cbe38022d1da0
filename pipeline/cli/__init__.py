"""The command `whitepoint`: one verb a function, all work done by the rooms below.

Exit status 0 done, 1 done but something did not pass, 2 could not (one sentence on stderr). `--json` prints one
document on stdout and nothing else there; progress goes to stderr.
"""

import os
import sys
from pathlib import Path

import click
import platformdirs

from pipeline.cli.desk import STUDIO_ENVIRONMENT
from pipeline.cli.desk import Desk
from pipeline.cli.line import demo
from pipeline.cli.line import ingest
from pipeline.cli.line import review
from pipeline.cli.line import run
from pipeline.cli.line import watch
from pipeline.cli.look import extract
from pipeline.cli.look import settings
from pipeline.cli.look import show
from pipeline.cli.look import status
from pipeline.cli.people import decide
from pipeline.cli.people import undo
from pipeline.cli.ship import export
from pipeline.cli.ship import verify
from pipeline.errors import KnownError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--studio", type=click.Path(path_type=Path, file_okay=False), help="Folder of the studio.")
@click.version_option(package_name="whitepoint")
@click.pass_context
def whitepoint(context: click.Context, studio: Path | None) -> None:
    """Turn a folder of product photos into verified deliveries.

    The studio is the folder with whitepoint.sqlite and files/; without --studio it is $WHITEPOINT_STUDIO or the
    platform's user data folder.
    """
    folder = studio or Path(os.environ.get(STUDIO_ENVIRONMENT) or platformdirs.user_data_dir("whitepoint", False))
    context.obj = context.with_resource(Desk(folder))


VERBS = (ingest, run, watch, status, show, extract, decide, undo, verify, export, review, demo, settings)
for _verb in VERBS:
    whitepoint.add_command(_verb)


def main() -> None:
    """Run the command; whatever a user can cause ends as one sentence on stderr and exit status 2."""
    try:
        whitepoint()
    except KnownError as error:
        click.echo(f"whitepoint: {error}", err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        place = f" “{error.filename}”" if error.filename else ""
        click.echo(f"whitepoint: the system refused{place}: {error.strerror or error}.", err=True)
    else:
        return
    sys.exit(2)

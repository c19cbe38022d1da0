"""The command `whitepoint`: one verb a function, all work done by the rooms below.

Exit status 0 done, 1 done but something did not pass, 2 could not (one sentence on stderr). `--json` prints one
document on stdout and nothing else there; progress goes to stderr.
"""

import io
import os
import sys
from pathlib import Path
from typing import Any

import click
import platformdirs

from pipeline.cli.desk import LOG_FILE
from pipeline.cli.desk import STUDIO_ENVIRONMENT
from pipeline.cli.desk import Desk
from pipeline.cli.desk import plain_line
from pipeline.cli.keeping import legal_hold
from pipeline.cli.keeping import purge
from pipeline.cli.line import demo
from pipeline.cli.line import ingest
from pipeline.cli.line import review
from pipeline.cli.line import run
from pipeline.cli.line import watch
from pipeline.cli.look import extract
from pipeline.cli.look import rerun
from pipeline.cli.look import settings
from pipeline.cli.look import show
from pipeline.cli.look import status
from pipeline.cli.models import models
from pipeline.cli.people import decide
from pipeline.cli.people import edit
from pipeline.cli.people import undo
from pipeline.cli.release import audit
from pipeline.cli.release import release
from pipeline.cli.release import rollback
from pipeline.cli.report import report
from pipeline.cli.returns import returns
from pipeline.cli.ship import export
from pipeline.cli.ship import verify
from pipeline.cli.studio import backup
from pipeline.cli.studio import check
from pipeline.cli.studio import rebuild
from pipeline.cli.studio import restore
from pipeline.cli.teach import train
from pipeline.errors import KnownError
from pipeline.store.place import Place
from pipeline.store.place import place


class StudioType(click.Path):
    """A folder, or the address of a team's server."""

    def __init__(self) -> None:
        super().__init__(file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Place:
        """Return the place that was named."""
        found = place(str(value))
        return found if found.server else Place(Path(super().convert(value, param, context)))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--studio",
    type=StudioType(),
    help="Folder of the studio, or postgresql://USER@HOST/DATABASE?files=FOLDER.",
)
@click.option(
    "--files", "location", default="", help="Where a new studio keeps its files: s3://BUCKET/FOLDER?endpoint=…"
)
@click.version_option(package_name="whitepoint")
@click.pass_context
def whitepoint(context: click.Context, studio: Place | None, location: str) -> None:
    """Turn a folder of product photos into verified deliveries.

    The studio is the folder with whitepoint.sqlite and files/; without --studio it is $WHITEPOINT_STUDIO or the
    platform's user data folder. A team's studio has its catalogue on a PostgreSQL server instead.
    """
    usual = os.environ.get(STUDIO_ENVIRONMENT) or platformdirs.user_data_dir("whitepoint", False)
    context.obj = context.with_resource(Desk(studio or place(usual), location))


VERBS = (
    ingest,
    run,
    watch,
    status,
    show,
    extract,
    rerun,
    decide,
    edit,
    undo,
    verify,
    export,
    report,
    audit,
    release,
    rollback,
    purge,
    legal_hold,
    returns,
    review,
    check,
    backup,
    restore,
    rebuild,
    models,
    train,
    demo,
    settings,
)
for _verb in VERBS:
    whitepoint.add_command(_verb)


def main() -> None:
    """Run the command; whatever a user can cause ends as one sentence on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a name shows its code instead of ending the command.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_status())


def _status() -> int:
    try:
        return whitepoint.main(standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        help_wanted.show()
    except click.ClickException as error:
        _say(error.format_message())
    except click.Abort:
        _say("Stopped before the end; give the same command again to finish it.")
    except KnownError as error:
        _say(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        place = f" “{error.filename}”" if error.filename else ""
        _say(f"The system refused{place}: {error.strerror or error}.")
    except MemoryError:
        _say("There is not enough free memory for this; close other programs and try again.")
    except Exception as error:
        where = f"{LOG_FILE} in the studio's folder says where; please report it"
        _say(f"This is a mistake of Whitepoint's own ({type(error).__name__}: {error}); {where}.")
    return 2


def _say(sentence: str) -> None:
    click.echo(f"whitepoint: {plain_line(sentence)}", err=True)

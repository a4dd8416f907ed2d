"""A harvest of WoRMS into a workspace, and the register that comes of it."""

from seston.disk import write_text
from seston.errors import SourceUnreachable
from seston.sources.registry import FOLDER, register_table, write_register
from seston.sources.web.client import PoliteClient
from seston.sources.web.journal import Journal, journal_path
from seston.sources.web.manners import WORMS, Manners
from seston.sources.worms.asking import Asking
from seston.sources.worms.attributes import ATTRIBUTES, attributes_in, write_attributes
from seston.sources.worms.harvest import Outcome, Progress, Wanted, harvest
from seston.sources.worms.register import registered_names
from seston.sources.worms.rest import URL, WormsRest
from seston.workspace import Workspace

SOURCE = "worms"
REGISTER = f"{FOLDER}/{SOURCE}.parquet"
MISSING = "harvest/worms.missing.txt"
CACHE = "harvest/worms-cache.db"


def harvest_worms(
    workspace: Workspace,
    wanted: Wanted,
    progress: Progress,
    *,
    url: str = URL,
    contact: str = "",
    manners: Manners = WORMS,
) -> tuple[Outcome, int]:
    """Harvest what is wanted, and write all that was ever harvested as a register, attributes as a table of their own.

    Returns
    -------
    outcome
        What WoRMS lacks, and what was wanted.
    names
        How many names the register has.

    Raises
    ------
    SourceUnreachable
        Something is missing: the register is not written, and ``harvest/worms.missing.txt`` lists it.
    """
    missing = workspace.path(MISSING)
    with Journal(journal_path(workspace.root, SOURCE), SOURCE) as journal:
        with PoliteClient(manners, contact=contact, cache=workspace.path(CACHE), tell=progress.note) as client:
            if journal.path.stat().st_size:
                client.gate.start_full()
            try:
                outcome = harvest(wanted, Asking(WormsRest(client, url), journal), journal, progress)
            except SourceUnreachable as error:
                write_text(missing, "\n".join(error.problems) + "\n")
                raise
        rows, attributes = registered_names(journal.records), list(attributes_in(journal))
    missing.unlink(missing_ok=True)
    write_register(workspace.path(REGISTER), register_table(rows))
    if attributes or wanted.attributes:
        outcome.attributes = write_attributes(workspace.path(ATTRIBUTES), attributes)
    return outcome, len(rows)

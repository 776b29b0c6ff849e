"""The keeper: stops the server when those who used it are gone, killed or not."""

import sys
from pathlib import Path

from core.embedded_postgres.server import Server

home, programs, throw_away = sys.argv[1:]
Server(Path(home), Path(programs), throw_away=throw_away == "True").keep()

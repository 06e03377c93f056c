//! How a workspace comes in and goes out: tables in, tables and JSON out.

"""The same read and grouping of a caseload by polars: counts by group and provider at each gate.

Prints the seconds of the whole, its own start left out, then the groups it found.
"""
import sys
import time

begun = time.perf_counter()
import polars as pl

GATES = ["eligible", "referred_on", "decision", "started_on", "full_package"]
frame = pl.scan_csv(sys.argv[1], infer_schema=False)
yes = [
    (pl.col("eligible") == "yes").alias("eligible"),
    pl.col("referred_on").fill_null("").ne("").alias("referred"),
    (pl.col("decision") == "accepted").alias("accepted"),
    pl.col("started_on").fill_null("").ne("").alias("started"),
    (pl.col("full_package") == "yes").alias("served"),
]
table = (
    frame.with_columns(yes)
    .group_by("need_group", "office")
    .agg(
        pl.len().alias("people"),
        *[pl.col(name).sum() for name in ["eligible", "referred", "accepted", "started", "served"]],
        pl.col("contacts").cast(pl.Float64).sum(),
    )
    .collect()
)
print(time.perf_counter() - begun)
print(table.height)

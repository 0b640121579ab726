"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, all inclusive; sizes are in bytes.

    ``max_ratio`` is unpacked over packed size of one archive entry and counts only for entries whose
    unpacked size is above ``ratio_counts_from``: small and very regular tables do reach high ratios.
    Text up to ``count_rows_up_to_bytes`` is read to its end when it is recognised, so that rows are counted and
    a missing quotation mark is found then; in longer text the first import or dry run finds it.
    ``max_sheet_cells`` is height times width of a worksheet, which is held in memory as a whole.
    """

    max_bytes: int = 512 * MIB
    max_unpacked_bytes: int = 2048 * MIB
    max_entries: int = 2_000
    max_ratio: int = 200
    ratio_counts_from: int = 32 * MIB
    max_columns: int = 2_000
    max_sheet_cells: int = 30_000_000
    max_line_bytes: int = 16 * MIB
    max_json_bytes: int = 64 * MIB
    count_rows_up_to_bytes: int = 32 * MIB


DEFAULT_LIMITS = Limits()

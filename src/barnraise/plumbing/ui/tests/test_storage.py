"""Static files are packed once, when they are collected, and read back as they were."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli

from barnraise.plumbing.ui.storage import StaticFiles


def test_a_style_is_packed_both_ways_and_reads_back(tmp_path: Path) -> None:
    plain = ".card { color: rebeccapurple }\n" * 200
    (tmp_path / "card.css").write_text(plain)
    packed = dict(StaticFiles(location=tmp_path, base_url="/static/").compress_files(["card.css"]))
    assert packed
    assert brotli.decompress((tmp_path / "card.css.br").read_bytes()).decode() == plain
    assert gzip.decompress((tmp_path / "card.css.gz").read_bytes()).decode() == plain
    assert (tmp_path / "card.css.br").stat().st_size < len(plain) / 10


def test_packing_everything_that_is_served_is_a_matter_of_a_moment(tmp_path: Path) -> None:
    """The highest quality of Brotli takes a hundred times as long as gzip, and makes a first start wait for it."""
    import time

    compressor = StaticFiles(location=tmp_path, base_url="/static/").create_compressor(quiet=True)
    text = "".join(
        f".card-{number} {{ order: {number * number % 997} }}\n" for number in range(20_000)
    ).encode()
    spent = []
    for pack in (compressor.compress_gzip, compressor.compress_brotli):
        began = time.thread_time()
        pack(text)
        spent.append(time.thread_time() - began)
    by_gzip, by_brotli = spent
    assert by_brotli < 4 * by_gzip

"""Files of postcodes come in whole or not at all, go on where they were stopped, and are looked up."""

import os
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.content.postcodes.british_grid import to_degrees
from bot.content.postcodes.files import CODE_POINT, LONGEST_LINE, ONS
from bot.content.postcodes.importing import STEP, import_postcodes
from bot.errors import ContentError

PROJECT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

# Metres on the grid, and the degrees that Ordnance Survey's exact transformation (OSTN15, by convertbng 1.0) makes of them:
# three postcodes of Coventry, and far corners of Great Britain.
KNOWN_POINTS = {
    "CV1 5FX": (433668, 279547, 52.412909, -1.506438),
    "CV1 5EJ": (434433, 279171, 52.409482, -1.495230),
    "CV1 1FS": (433349, 278977, 52.407804, -1.511184),
    "Scilly": (91492.146, 11318.804, 49.922264, -6.299778),
    "Suffolk": (599445.590, 225722.826, 51.894366, 0.897243),
    "Shetland": (439668.0, 1175316.0, 60.459670, -1.280642),
    "Cornwall": (180862.461, 29516.0, 50.125156, -5.067245),
    "London": (533500.0, 180000.0, 51.503177, -0.077930),
}
ROWS = "".join(
    f'"{name}",10,{east},{north},"E92000001","","","","",""\n'
    for name, (east, north, _, _) in KNOWN_POINTS.items()
    if name.startswith("CV")
)
ONS_ROWS = (
    "pcd,pcd2,pcds,dointr,doterm,lat,long\n"
    "CV1 5FX,CV1  5FX,CV1 5FX,198001,,52.412640,-1.506400\n"
    "CV1 9ZZ,CV1  9ZZ,CV1 9ZZ,198001,199606,52.400000,-1.500000\n"
    "GY1 1AA,GY1  1AA,GY1 1AA,198001,,99.999999,0.000000\n"
)


def as_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def as_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def many(how_many: int, area: str = "ZA") -> str:
    """Rows of made-up postcodes, all different."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    units = [one + two for one in letters for two in letters]
    names = (f"{area}{n // 4000 + 1}{n // 400 % 10}{units[n % 400]}" for n in range(how_many))
    return "".join(f"{name},10,{400000 + n % 5000},{280000 + n % 7000}\n" for n, name in enumerate(names))


def metres(place, latitude: float, longitude: float) -> float:
    return np.hypot((place.latitude - latitude) * 111_300, (place.longitude - longitude) * 111_300 * np.cos(0.915))


def test_a_zip_of_code_point_open_is_read_and_each_postcode_is_where_it_is(store, tmp_path):
    members = {
        "Doc/licence.txt": "Contains OS data",
        "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ,EA,NO\nPostcode,Positional_quality_indicator,Eastings,Northings\n",
        "Data/CSV/cv.csv": ROWS,
        "Data/CSV/ws.csv": '"WS1 1AA",90,0,0,"E92000001"\n',
    }
    report = import_postcodes(store, as_zip(tmp_path / "codepo_gb.zip", members), NOW)
    assert (report.kind, report.rows, report.postcodes, report.was_there) == (CODE_POINT, 4, 3, False)
    # The directory's own map point of Norton House, which has this postcode, from another source.
    assert metres(store.postcode("CV1 5FX"), 52.412909, -1.506437) < 100
    assert store.postcode("WS1 1AA") is None


def test_the_conversion_is_right_to_ten_metres_where_an_exact_one_is_known():
    eastings, northings, latitudes, longitudes = np.array(list(KNOWN_POINTS.values())).T
    ours, ours_east = to_degrees(eastings, northings)
    wide = 111_300 * np.cos(np.radians(latitudes))
    apart = np.hypot((ours - latitudes) * 111_300, (ours_east - longitudes) * wide)
    assert apart.max() < 10


def test_postcodes_are_found_in_any_spelling_and_sectors_by_their_middle(store, tmp_path):
    import_postcodes(store, as_file(tmp_path / "cv.csv", ROWS), NOW)
    place = store.postcode("CV1 5FX")
    assert place == store.postcode("cv15fx") == store.postcode(" cv1  5fx ")
    other = store.postcode("CV1 5EJ")
    sector = store.postcode("cv1 5")
    assert sector.latitude == pytest.approx((place.latitude + other.latitude) / 2, abs=1e-5)
    assert 400 < sector.exactness < 460
    for text in ("CV1 5F", "CV15", "", "CV1", "ZZ9 9ZZ", "ＣＶ1", "' OR 1=1", "\0"):
        assert store.postcode(text) is None


def test_a_sector_is_not_mistaken_for_the_outcode_that_is_written_like_it(store, tmp_path):
    text = "B1 5AA,10,406000,286000\nB15 1AA,10,405000,284000\n"
    import_postcodes(store, as_file(tmp_path / "b.csv", text), NOW)
    assert store.postcode("B1 5").latitude == store.postcode("B1 5AA").latitude


@pytest.mark.parametrize("form", ["csv", "zip", "zip in parts"])
def test_the_ons_directory_is_read_without_postcodes_that_were_given_up_or_lie_nowhere(store, tmp_path, form):
    if form == "csv":
        path = as_file(tmp_path / "ONSPD.csv", "\ufeff" + ONS_ROWS)
    elif form == "zip":
        both = {"Data/ONSPD_MAY_2026_UK.csv": ONS_ROWS, "Data/multi_csv/ONSPD_MAY_2026_UK_CV.csv": ONS_ROWS}
        path = as_zip(tmp_path / "onspd.zip", both | {"Documents/names.csv": "a,b\n1,2\n"})
    else:
        path = as_zip(tmp_path / "onspd.zip", {"Data/multi_csv/ONSPD_MAY_2026_UK_CV.csv": ONS_ROWS})
    report = import_postcodes(store, path, NOW)
    assert (report.kind, report.rows, report.postcodes) == (ONS, 3, 1)
    assert store.postcode("CV1 5FX").latitude == 52.41264


def test_a_newer_file_takes_the_place_of_the_older_one_whole(store, tmp_path):
    import_postcodes(store, as_file(tmp_path / "old.csv", "CV1 1FS,10,433349,278977\n"), NOW)
    report = import_postcodes(store, as_file(tmp_path / "new.csv", "CV1 5FX,10,433668,279547\n"), NOW)
    assert report.postcodes == 1
    assert store.postcode("CV1 1FS") is None and store.postcode("CV1 5FX") is not None


def test_the_same_file_again_does_nothing(store, tmp_path):
    path = as_file(tmp_path / "cv.csv", ROWS)
    first = import_postcodes(store, path, NOW)
    again = import_postcodes(store, path, NOW)
    assert again.was_there and again.checksum == first.checksum and again.postcodes == 3


WRONG_FILES = {
    "empty.csv": "",
    "services.csv": "id,name\n1,Advice\n",
    "bad.csv": ROWS + "not a postcode,10,1,1\n",
    "short.csv": ROWS + "CV1 5FX,10\n",
    "letters.csv": ROWS + "CV1 5FX,10,east,north\n",
    "long.csv": ROWS + "C" * (LONGEST_LINE + 1) + "\n",
    "binary.csv": "\0\1\2" * 50,
    "nowhere.csv": "CV1 5FX,90,0,0\n",
    "no_position.csv": "pcds,oa\nCV1 5FX,E0001\n",
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_refused_in_one_sentence_and_the_old_postcodes_stay(store, tmp_path, name):
    import_postcodes(store, as_file(tmp_path / "right.csv", "WV1 1AA,10,391000,298000\n"), NOW)
    with pytest.raises(ContentError) as caught:
        import_postcodes(store, as_file(tmp_path / name, WRONG_FILES[name]), NOW)
    assert name in str(caught.value) and "Traceback" not in str(caught.value)
    assert store.postcode("WV1 1AA") is not None and store.postcode("CV1 5EJ") is None


def test_the_message_names_the_line_that_is_wrong(store, tmp_path):
    with pytest.raises(ContentError, match=r"bad\.csv:4: the row has no UK postcode"):
        import_postcodes(store, as_file(tmp_path / "bad.csv", ROWS + "not a postcode,10,1,1\n"), NOW)


def test_a_file_that_is_not_there_is_named(store, tmp_path):
    with pytest.raises(ContentError, match="cannot be read"):
        import_postcodes(store, tmp_path / "none.zip", NOW)


def test_a_zip_that_unpacks_to_far_more_than_it_should_is_not_opened(store, tmp_path):
    bomb = as_zip(tmp_path / "bomb.zip", {"Data/CSV/cv.csv": "0" * 5_000_000})
    with pytest.raises(ContentError, match="far more than postcodes need"):
        import_postcodes(store, bomb, NOW)


def test_a_zip_without_postcodes_or_cut_short_is_refused(store, tmp_path):
    with pytest.raises(ContentError, match="holds no postcodes"):
        import_postcodes(store, as_zip(tmp_path / "other.zip", {"readme.txt": "hello"}), NOW)
    whole = as_zip(tmp_path / "whole.zip", {"Data/CSV/cv.csv": many(3000)}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ContentError, match=r"cut\.zip"):
        import_postcodes(store, tmp_path / "cut.zip", NOW)
    damaged = bytearray(whole)
    damaged[200:260] = bytes(60)
    (tmp_path / "damaged.zip").write_bytes(bytes(damaged))
    with pytest.raises(ContentError, match="damaged|no table|no position|no UK postcode|no postcodes"):
        import_postcodes(store, tmp_path / "damaged.zip", NOW)
    assert store.postcode("ZA1 0AA") is None


def test_progress_is_told_up_to_the_last_row(store, tmp_path):
    told = []
    path = as_file(tmp_path / "za.csv", many(STEP + 5))
    import_postcodes(store, path, NOW, lambda rows, share: told.append((rows, share)))
    assert told[-1] == (STEP + 5, 1.0)
    assert [rows for rows, _ in told] == [STEP, STEP + 5]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.content.postcodes.importing import import_postcodes
from bot.content.store import Store

def die(rows, share):
    if rows >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

with Store(sys.argv[1]) as store:
    import_postcodes(store, Path(sys.argv[2]), datetime.now(UTC), die)
"""


def killed_import(url: str, path: Path, after: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(path), str(after)], cwd=PROJECT, env=os.environ, timeout=60
    )
    assert run.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_where_it_was_and_nobody_sees_half_of_it(store, url, tmp_path):
    import_postcodes(store, as_file(tmp_path / "old.csv", "WV1 1AA,10,391000,298000\n"), NOW)
    path = as_file(tmp_path / "za.csv", many(3 * STEP))
    killed_import(url, path, STEP)
    assert store.postcode("WV1 1AA") is not None and store.postcode("ZA1 0AA") is None
    report = import_postcodes(store, path, NOW)
    assert (report.begun_at, report.rows, report.postcodes) == (STEP, 3 * STEP, 3 * STEP)
    assert store.postcode("ZA1 0AA") is not None and store.postcode("WV1 1AA") is None


@pytest.mark.slow
def test_another_file_after_a_killed_import_begins_anew(store, url, tmp_path):
    killed_import(url, as_file(tmp_path / "za.csv", many(2 * STEP)), STEP)
    report = import_postcodes(store, as_file(tmp_path / "cv.csv", ROWS), NOW)
    assert (report.begun_at, report.postcodes) == (0, 3)
    assert store.postcode("ZA1 0AA") is None

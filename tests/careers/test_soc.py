import pytest

from careers.soc import Succession, broad_of, is_code


@pytest.mark.parametrize("code", ["11-9111", "00-0000", "13-1020"])
def test_it_knows_a_code(code: str):
    assert is_code(code)


@pytest.mark.parametrize(
    "text", ["", "119111", "11-911", "11-91111", "11-9111.00", "1a-9111", "١١-9111"]
)
def test_it_knows_what_is_no_code(text: str):
    assert not is_code(text)


def test_it_finds_the_broad_code():
    assert broad_of("13-1021") == broad_of("13-1020") == "13-1020"


# Old number, new number: one code kept, one split in two, two joined, one that lost a part.
PAIRS = [
    ("11-1011", "11-1011"),
    *[("13-1000", "13-1011"), ("13-1000", "13-1012")],
    *[("15-1001", "15-1011"), ("15-1002", "15-1011")],
    *[("17-1000", "17-1011"), ("17-1000", "19-1011")],
]


@pytest.mark.parametrize(
    ("codes", "before"),
    [
        (["11-1011"], {"11-1011"}),
        (["13-1011", "13-1012"], {"13-1000"}),
        (["13-1010"], {"13-1000"}),  # a broad code holds both
        (["13-1011"], None),  # the old code held more
        (["15-1011"], {"15-1001", "15-1002"}),
        (["17-1011"], None),
        (["17-1011", "19-1011", "11-1011"], {"17-1000", "11-1011"}),
        (["11-1011", "51-2028"], None),  # BLS's own number, in no crosswalk
    ],
)
def test_it_finds_the_codes_before_of_exactly_the_same_work(codes: list[str], before: set[str]):
    assert Succession.of(PAIRS).codes_before(codes) == before

import pytest

from careers.soc import broad_of, is_code


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

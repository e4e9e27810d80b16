from comments.spam.fingerprint import exact, is_near, normal_form, simhash

TEXT = (
    "I have been surfing online more than three hours today, yet I never found any interesting "
    "article like yours. It is pretty worth enough for me."
)


def test_it_sees_through_case_signs_and_invisible_characters() -> None:
    assert exact("Great  post!!!") == exact("great\u200b post")
    assert exact("great post") != exact("great posts")
    assert normal_form("Ｇｒｅａｔ, “post”") == "great post"


def test_it_finds_near_texts_near_and_others_far() -> None:
    one, changed = simhash(TEXT), simhash(TEXT.replace("three", "four"))
    other = simhash("The table says full time. In a hospital it is full time and a pager, always.")
    assert one is not None
    assert changed is not None
    assert other is not None
    assert is_near(one, changed)
    assert not is_near(one, other)


def test_it_compares_no_short_texts() -> None:
    assert simhash("Thanks a lot!") is None


def test_it_fits_a_signed_column() -> None:
    hashes = [simhash(f"{number} " * 40) for number in range(50)]
    assert all(hash_ is not None and -(2**63) <= hash_ < 2**63 for hash_ in hashes)
    assert any(hash_ is not None and hash_ < 0 for hash_ in hashes)

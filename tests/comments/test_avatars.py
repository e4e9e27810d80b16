from comments.avatars import HUES, avatar, traits


def test_it_draws_the_same_flower_for_the_same_reader() -> None:
    assert avatar("abcdefghjk") == avatar("abcdefghjk")
    assert avatar("abcdefghjk") != avatar("abcdefghjm")


def test_it_has_four_to_eight_petals_and_every_ink() -> None:
    drawn = [traits(f"reader{number}") for number in range(500)]
    assert {petals for _, petals, _ in drawn} == {4, 5, 6, 7, 8}
    assert {hue for hue, _, _ in drawn} == set(HUES)


def test_it_is_small_and_holds_no_inline_style() -> None:
    assert len(avatar("abcdefghjk")) < 1200
    assert "style" not in avatar("abcdefghjk")

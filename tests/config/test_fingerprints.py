from config.fingerprints import fingerprint


def test_it_changes_with_content_and_name_only(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("1")
    before = fingerprint([tmp_path])
    file.touch()
    (tmp_path / "cache.pyc").write_text("compiled")
    assert fingerprint([tmp_path]) == before
    file.write_text("2")
    assert fingerprint([tmp_path]) != before
    file.write_text("1")
    file.rename(tmp_path / "b.csv")
    assert fingerprint([tmp_path]) != before

"""Codes that people type back: forgiving where it is safe, strict where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.codes import ALPHABET, MistypedCode, digest, grouped, new_code, read_code

bodies = st.integers(min_value=8, max_value=24)


@given(bodies)
def test_a_new_code_reads_back_as_itself(length: int) -> None:
    code = new_code(length)
    assert read_code(grouped(code), length) == code


def test_case_spaces_and_lookalikes_do_not_matter() -> None:
    code = "10" * 5
    for sign in ALPHABET:
        try:
            read_code(code + sign, 11)
        except MistypedCode:
            continue
        typed = f" {code.replace('1', 'l').replace('0', 'o')}{sign.lower()} "
        assert read_code(typed, 11) == code + sign
        return
    pytest.fail("no check sign fits")


@given(bodies, st.data())
def test_one_wrong_sign_is_told_to_be_a_mistype(length: int, data: st.DataObject) -> None:
    code = new_code(length)
    place = data.draw(st.integers(0, length - 1))
    wrong = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != code[place]]))
    with pytest.raises(MistypedCode):
        read_code(code[:place] + wrong + code[place + 1 :], length)


@pytest.mark.parametrize("typed", ["", "1234", "ABCD-EFGH-JKM!", "é" * 12])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(MistypedCode):
        read_code(typed, 12)


def test_digests_for_two_purposes_cannot_be_joined() -> None:
    code = new_code(20)
    assert digest(code, "urn") != digest(code, "ballot")
    assert len(digest(code, "urn")) == 64

"""Sets, scores and orders give what plain Python gives."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from organisaties.zoeken.bits import SPARSE, Score, Verzameling, Volgorde, at_least, intersection, union

numbers = st.sets(st.integers(0, 40))
several = st.lists(numbers, max_size=5)


@given(several)
def test_union_and_intersection_are_those_of_sets(sets):
    bitmaps = [Verzameling(found) for found in sets]
    assert set(union(bitmaps)) == set().union(*sets)
    assert set(intersection(bitmaps)) == (set.intersection(*sets) if sets else set())


@given(several, st.integers(1, 4))
def test_at_least_counts_in_how_many_sets_a_number_is(sets, count):
    times = Counter(number for found in sets for number in found)
    assert set(at_least([Verzameling(found) for found in sets], count)) == {n for n in times if times[n] >= count}


@given(numbers, st.lists(st.tuples(numbers, st.integers(0, 40)), max_size=6))
def test_score_adds_up_and_ranks(wanted, given_points):
    score, points = Score(), Counter[int]()
    for found, more in given_points:
        score.add(Verzameling(found), more)
        points.update(dict.fromkeys(found, more))
    groups = [set(group) for group in score.ranked(Verzameling(wanted))]
    assert groups == [{n for n in wanted if points[n] == p} for p in sorted({points[n] for n in wanted}, reverse=True)]


@given(st.permutations(range(1, 30)), several, st.integers(0, 40), st.integers(1, 10))
def test_a_page_is_a_slice_of_the_groups_in_their_order(order, groups, first, count):
    whole = [number for group in groups for number in order if number in group]
    groups = [Verzameling(group - {0} - set(range(30, 41))) for group in groups]
    assert Volgorde.of(order).page(groups, first, count) == whole[first : first + count]


def test_a_large_set_comes_up_in_the_same_order_as_a_small_one():
    order = list(range(4 * SPARSE, 0, -1))
    large = Verzameling(range(1, 4 * SPARSE, 2))
    whole = [number for number in order if number in large]
    assert len(large) > SPARSE
    assert Volgorde.of(order).page([large], 700, 20) == whole[700:720]
    assert Volgorde.of(order).page([large], len(large), 20) == []

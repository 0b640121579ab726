"""How far one more tie would free us from depending on the same contacts: Burt's constraint, and its fall. Pure: ties in, numbers out.

Burt, *Structural Holes*, Harvard 1992; *American Journal of Sociology* 110(2), 2004, DOI 10.1086/421787 (METHODS 4.3). Unweighted, for a
node i with the contacts j: every tie takes the same share of a node, p(i, j) = 1 / d(i), and

    constraint = sum over j of (p(i, j) + sum over q of p(i, q) p(q, j))²

where q are the other contacts that i and j have in common. It is high where contacts know each other, and not defined for a node without
contacts. METHODS 10.1: the value of a candidate is the fall of our constraint when it becomes our contact, as a share of the constraint
before, cut to 0 to 1. Our m contacts of whom none knows another hold us by 1/m; one more who knows none of them makes that 1/(m + 1).

The network is that of our contacts, the ties among them, and the candidate with those of our contacts that it is tied to already. What
a candidate adds is reckoned from what changes, so that hundreds can be weighed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable


class Contacts:
    """Our contacts and the ties among them, as pairs of keys; pairs of anybody else are passed over."""

    def __init__(self, contacts: Collection[int], pairs: Iterable[tuple[int, int]] = ()) -> None:
        self.beside: dict[int, set[int]] = {key: set() for key in contacts}
        for one, other in pairs:
            if one != other and one in self.beside and other in self.beside:
                self.beside[one].add(other)
                self.beside[other].add(one)
        # Shares of those in common: each contact spends one of its ties on us.
        self.shared = {key: sum(1 / self._ties(q) for q in found) for key, found in self.beside.items()}
        self.whole = sum((1 + said) ** 2 for said in self.shared.values())

    def _ties(self, key: int) -> int:
        return 1 + len(self.beside[key])

    @property
    def constraint(self) -> float | None:
        """Ours now; None without contacts."""
        return self.whole / len(self.beside) ** 2 if self.beside else None

    def fall(self, tied: Collection[int]) -> float | None:
        """By which share our constraint falls when somebody becomes our contact that is tied to these of our contacts; None without contacts."""
        if not self.beside:
            return None
        met = [key for key in tied if key in self.beside]
        moved: dict[int, float] = dict.fromkeys(met, 0.0)
        for key in met:
            less = 1 / (self._ties(key) + 1) - 1 / self._ties(key)
            for other in self.beside[key]:
                moved[other] = moved.get(other, 0.0) + less
        before = after = self.whole
        through = 1 / (1 + len(met))
        for key, by in moved.items():
            was, said = (1 + self.shared[key]) ** 2, self.shared[key] + by
            before += (1 + said) ** 2 - was
            after += (1 + said + (through if key in met else 0)) ** 2 - was
        after += (1 + sum(1 / (self._ties(key) + 1) for key in met)) ** 2
        now, then = before / len(self.beside) ** 2, after / (len(self.beside) + 1) ** 2
        return min(1.0, max(0.0, (now - then) / now))

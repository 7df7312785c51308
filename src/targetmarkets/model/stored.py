"""What stored objects have in common: an id, names, and what they refer to."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from targetmarkets.model.base import Id, Line, Model

Mention = tuple[tuple[str | int, ...], str, str]
"""A place where one object refers to another: the way to it from the object that refers, the id
that stands there, and what it must be among: a list of the file, `archived` sources, `subjects` or
`parties`. A plain tuple, because there are many of them."""


class Way(NamedTuple):
    """How the objects of a type refer to others."""

    field: str
    """The field that has an id, or ids, or holds what has them."""
    among: str
    """What these must be among."""
    within: tuple[str, ...] = ()
    """The fields that lead to the id in each of what the field holds; none where it has ids."""
    is_many: bool = True
    """Whether the field is a list."""


class Stored(Model):
    """An object with an id that is unique across the whole file."""

    id: Id
    """Unique id."""
    formerly: tuple[Id, ...] = ()
    """Ids that it had before; they still lead to it."""

    WAYS: ClassVar[tuple[Way, ...]] = ()
    """How it refers to other objects."""

    @classmethod
    def word(cls) -> str:
        """The word for one of them: see `types.OBJECT_TYPES`."""
        return cls.__name__.lower()

    @property
    def label(self) -> str:
        """How it is called in a message."""
        raise NotImplementedError

    @property
    def ids(self) -> tuple[str, ...]:
        """The id that it has, and those that it had before."""
        return (self.id, *self.formerly)

    def names(self) -> Iterator[str]:
        """Everything that it answers to, its id first."""
        yield from self.ids

    def mentions(self) -> Iterator[Mention]:
        """Every place where it refers to another object."""
        for field, among, within, is_many in self.WAYS:
            held = getattr(self, field)
            if not held:
                continue
            if not is_many:
                yield (field,), held, among
                continue
            for index, part in enumerate(held):
                id_ = part
                for name in within:
                    id_ = id_ and getattr(id_, name)
                if id_:
                    yield (field, index, *within), id_, among


class Named(Stored):
    """An object with a name by which it is found."""

    name: Line
    """Its name."""
    aliases: tuple[Line, ...] = ()
    """Other names that find it."""

    @property
    def label(self) -> str:
        return self.name

    def names(self) -> Iterator[str]:
        yield from super().names()
        yield self.name
        yield from self.aliases

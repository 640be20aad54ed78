"""Which addresses a document may be fetched from: public ones, unless the user says otherwise."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052, section 2.1): the last 32 bits are an IPv4 address."""


def is_public(text: str) -> bool:
    """Is this the address of a machine anybody can reach? Addresses within addresses are looked at too.

    >>> [is_public(item) for item in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    try:
        address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    inner = _within(address)
    return address.is_global and not address.is_multicast and (inner is None or is_public(str(inner)))


def _within(address: Address) -> Address | None:
    """The IPv4 address an IPv6 one stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def first_private(addresses: Sequence[str]) -> str:
    """The first address that is not public, "" where all are: a name with one inner address is refused as a whole.

    >>> first_private(["93.184.216.34", "10.0.0.1"])
    '10.0.0.1'
    """
    return next((item for item in addresses if not is_public(item)), "")

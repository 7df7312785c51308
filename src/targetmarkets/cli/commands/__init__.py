"""The commands of `tm`, one thin file each: parse, one call of the library, one output."""

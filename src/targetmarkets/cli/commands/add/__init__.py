"""The commands of `tm add`, one thin file each."""

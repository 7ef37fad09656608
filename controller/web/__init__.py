"""HTTP and Socket.IO: who may ask for what, in JSON. The hall's rules live elsewhere."""

"""How fast Pacework is with ten thousand clients. Never part of the tests: a busy machine is no bug."""

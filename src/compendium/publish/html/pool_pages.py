"""tmp"""


def pool_pages(*a):
    return []

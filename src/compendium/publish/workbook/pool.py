"""tmp"""


def write_pool_workbook(*a):
    pass

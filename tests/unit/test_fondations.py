"""The ground holds: the project starts and its first page answers."""


def test_home_page_answers(client):
    assert client.get("/").status_code == 200

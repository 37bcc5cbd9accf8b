"""Every notebook runs from top to bottom in a running JupyterLab, and asks nothing of the network."""

from urllib.parse import urlsplit

import pytest

from tests.browser.jupyterlab import NOTEBOOKS, TOKEN, running

pytestmark = pytest.mark.browser

NAMES = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
# What JupyterLab's own model says of the notebook in front.
STATE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].map((cell) => cell.toJSON());
    const code = cells.filter((cell) => cell.cell_type === 'code' && [cell.source].flat().join(''));
    const outputs = code.flatMap((cell) => cell.outputs);
    return {
        status: panel.sessionContext.session?.kernel?.status,
        cells: code.length,
        run: code.filter((cell) => cell.execution_count !== null).length,
        errors: outputs.filter((one) => one.output_type === 'error').map((one) => one.evalue),
        shown: outputs.map((one) => [one.data?.['text/html'] ?? ''].flat().join('')).join(' '),
        warnings: outputs.filter((one) => one.name === 'stderr').map((one) => [one.text].flat().join('')),
    };
}"""
RUN = "() => { window.jupyterapp.commands.execute('runmenu:run-all'); }"
SET_FIRST = """(source) => {
    const cells = [...window.jupyterapp.shell.currentWidget.content.model.cells];
    cells.find((cell) => cell.type === 'code').sharedModel.setSource(source);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with running(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.fixture
def page(browser):
    """Give a page that may reach this machine and nothing else, and says what it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.elsewhere = []

    def allow(route):
        if urlsplit(route.request.url).hostname in {"127.0.0.1", None}:
            route.continue_()
        else:
            page.elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", allow)
    yield page
    context.close()


def open_notebook(page, lab, name):
    page.goto(f"{lab}/lab/tree/{name}?token={TOKEN}&reset")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context?.isReady")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
    )


def run_all(page):
    before = page.evaluate(STATE)["run"]
    page.evaluate(RUN)
    page.wait_for_function(
        f"""() => {{
            const state = ({STATE})();
            return state.errors.length || (state.run === state.cells && state.status === 'idle');
        }}""",
        timeout=240_000,
    )
    assert before == 0 or page.evaluate(STATE)["run"] == before
    return page.evaluate(STATE)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_runs_and_charts_appear(page, lab, name):
    open_notebook(page, lab, name)
    state = run_all(page)
    assert state["errors"] == []
    assert state["warnings"] == []
    assert state["run"] == state["cells"] > 0
    # The launch notebook lists tables and draws nothing.
    drawn = "table" if name == "start_here.ipynb" else "svg, .jp-OutputArea-output img"
    assert page.locator(f".jp-OutputArea-output {drawn}").count() > 0
    # JupyterLab would ask whether it may fetch its news.
    assert page.locator(".Toastify__toast").count() == 0
    assert page.elsewhere == []


def test_another_area_and_run_all_shows_that_area(page, lab):
    open_notebook(page, lab, "area_report.ipynb")
    page.evaluate(SET_FIRST, 'area = "Leeds"\ncompare = []\nas_at = None')
    state = run_all(page)
    assert state["errors"] == []
    assert "Youth justice in Leeds" in state["shown"]
    assert "Youth justice in Islington" not in state["shown"]

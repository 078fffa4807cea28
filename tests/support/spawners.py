"""Spawners that go wrong as real ones do. Choose one by ``c.JupyterHub.spawner_class = spawners.Slow``."""

import asyncio

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Float, Integer, List, Unicode, default


class FailsAtFirst(SimpleLocalProcessSpawner):
    """Fails the first times that a user's server is started, then works."""

    failures = Integer(1, config=True, help="how many starts fail, for each user")
    message = Unicode("There is <b>no room</b> on the cluster today", config=True)
    html_message = Unicode("<script>document.title = 'inside'</script>There is no room", config=True)
    failed: "dict[str, int]" = {}

    async def start(self):
        so_far = self.failed.get(self.user.name, 0)
        if so_far < self.failures:
            self.failed[self.user.name] = so_far + 1
            error = RuntimeError(self.message)
            error.jupyterhub_message = self.message
            error.jupyterhub_html_message = self.html_message
            raise error
        return await super().start()


class Slow(SimpleLocalProcessSpawner):
    """Takes its time, and says every second how far it is."""

    delay_s = Float(15, config=True, help="seconds before the server's process is started")
    stop_delay_s = Float(0, config=True, help="seconds before it is stopped")

    async def start(self):
        await asyncio.sleep(self.delay_s)
        return await super().start()

    async def stop(self, now=False):
        await asyncio.sleep(self.stop_delay_s)
        return await super().stop(now=now)

    async def progress(self):
        steps = max(1, round(self.delay_s))
        for step in range(steps):
            yield {"progress": round(90 * step / steps), "message": f"Step {step + 1} of {steps} <i>for you</i>"}
            await asyncio.sleep(1)


class Elsewhere(SimpleLocalProcessSpawner):
    """Sends the Hub and its proxy to a server that a test runs itself, for all users but a few."""

    # Not `port`: that is where the Hub has a server of its own listen.
    test_port = Integer(0, config=True, help="where the test listens on 127.0.0.1")
    real = List(Unicode(), config=True, help="users who get a server of their own")
    runs = False

    async def start(self):
        if self.user.name in self.real:
            return await super().start()
        self.runs = True
        return "127.0.0.1", self.test_port

    async def poll(self):
        if self.user.name in self.real:
            return await super().poll()
        return None if self.runs else 0

    async def stop(self, now=False):
        if self.user.name in self.real:
            return await super().stop(now=now)
        self.runs = False


class WithOptions(Slow):
    """Asks for a profile, as most clusters do. What kind of form there is, is in the user's name: ``none-…``, ``optional-…``,
    ``required-…``; whose has ``stopping`` in it has a server that takes its time to stop."""

    @default("options_form")
    def _profiles(self):
        return self._form_of

    @staticmethod
    def _form_of(self):
        if self.user.name.startswith("none"):
            return ""
        return '<label>Profile <select name="profile"><option>small</option><option>gpu</option></select></label>'

    def options_from_form(self, form):
        return {"profile": form["profile"][0]}

    async def start(self):
        self.delay_s = 0
        if self.user.name.startswith("required") and "profile" not in (self.user_options or {}):
            error = RuntimeError("Please choose a profile")
            error.jupyterhub_message = "Please choose a profile"
            raise error
        return await super().start()

    async def stop(self, now=False):
        # Time enough to be seen.
        self.stop_delay_s = 3 if "stopping" in self.user.name else 0
        return await super().stop(now=now)

"""The example clients: what each needs, and how it is built and started."""

import dataclasses
import glob
import os
import pathlib
import shutil
import subprocess

from support import BUILD, SOURCE


@dataclasses.dataclass
class Client:
    """A client in clients/`folder`; commands run there."""

    folder: str
    # Programs and files without which it cannot be built or run.
    needs: list
    start: list
    build: list = None
    # Of npm: scripts/node_packages put its packages below build/node.
    node: bool = False
    environment: dict = dataclasses.field(default_factory=dict)

    def missing(self):
        """What is not there of what it needs."""
        missing = [need for need in self.needs
                   if not (pathlib.Path(need).exists() if need.startswith("/")
                           else shutil.which(need))]
        if self.node and not self._node_modules().is_dir():
            missing.append(f"npm packages of clients/{self.folder}")
        return missing

    def prepare(self):
        """Copies it beside the protos and samples, and builds it; its folder."""
        root = BUILD / "clients" / self.folder.replace("/", "-")
        shutil.rmtree(root, ignore_errors=True)
        folder = root / "clients" / self.folder
        shutil.copytree(SOURCE / "clients" / self.folder, folder,
                        ignore=shutil.ignore_patterns(
                            "generated", "node_modules", "build", "dist", "attachev1"))
        for name in ("protos", "samples"):
            (root / name).symlink_to(SOURCE / name)
        if self.node:
            (folder / "node_modules").symlink_to(self._node_modules())
        if self.build:
            subprocess.run(self.build, cwd=folder, check=True,
                           env=os.environ | self.environment)
        return folder

    def _node_modules(self):
        return SOURCE / "build/node/clients" / self.folder / "node_modules"


_GOCODE = "/usr/share/gocode/src/google.golang.org"
_JARS = "/usr/share/java"
# Debian's package has it, whatever the version and the architecture.
_RUBY_GRPC = next(glob.iglob("/usr/lib/*/rubygems-integration/*/gems/grpc-*"), "ruby-grpc")

CLIENTS = {
    "python": Client(
        folder="python",
        needs=["protoc", "grpc_python_plugin", "/usr/lib/python3/dist-packages/grpc"],
        build=["./generate"],
        start=["./trips.py"]),
    "node": Client(
        folder="node", needs=["node"], node=True,
        start=["node", "trips.js"]),
    "connect": Client(
        folder="connect", needs=["node"], node=True,
        build=["npm", "run", "--silent", "build"],
        start=["node", "dist/trips.js"]),
    "ruby": Client(
        folder="ruby",
        needs=["/usr/bin/ruby", "protoc", "grpc_ruby_plugin", _RUBY_GRPC],
        build=["./generate"],
        start=["./trips.rb"]),
    "go": Client(
        folder="go",
        needs=["go", "protoc", "protoc-gen-go", "protoc-gen-go-grpc",
               f"{_GOCODE}/grpc", f"{_GOCODE}/genproto/googleapis/rpc/errdetails"],
        build=["./build-debian"],
        start=["build/trips"],
        environment={"GRPC_GO_RETRY": "on"}),
    "java": Client(
        folder="java",
        needs=["javac", "protoc", "grpc_java_plugin", f"{_JARS}/grpc-netty.jar",
               f"{_JARS}/netty-codec-http2.jar", f"{_JARS}/netty-tcnative.jar",
               f"{_JARS}/perfmark-api.jar", f"{_JARS}/geronimo-annotation-1.3-spec.jar"],
        build=["./build-debian"],
        start=["./trips-debian"]),
}

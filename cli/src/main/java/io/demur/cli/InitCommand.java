package io.demur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code demur init}: makes the folder of a new installation. */
@Command(
        name = "init",
        description = "Makes a working folder: keys, an empty log with its first entries, a store.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class InitCommand implements Callable<Integer> {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public Integer call() {
        return data.folder().root().toString().isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
}

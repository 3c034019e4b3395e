package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The program {@code demur}. */
@Command(
        name = "demur",
        description = "Reads, measures and keeps the refusals of language models.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ScoreCommand.class,
            AssessCommand.class,
            EvalCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            PolicyCommand.class,
            TrainCommand.class,
            InitCommand.class,
            LogCommand.class,
            KeysCommand.class,
            StoreCommand.class,
            AdminCommand.class,
            HoldsCommand.class,
            AppealCommand.class,
            ReviewCommand.class,
            IncidentsCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            DrillCommand.class,
            LedgerCommand.class,
            SuitesCommand.class,
            ExportCommand.class,
            AuditCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, and a threshold was missed or a check found problems",
            "2:the command line is wrong",
            "3:an input could not be read",
            "4:the output could not be written, or an internal error",
            "130:interrupted (143: ended by a polite kill; 141: nobody read on, as with | head)",
        })
public final class Main implements Runnable {

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the last place that can say anything
    public static void main(String[] args) {
        int code = ExitCode.INTERNAL;
        try {
            StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
            code = run(out, args);
        } catch (Throwable e) {
            // else the JVM would exit with 1, which means that a threshold was missed
            e.printStackTrace();
        }
        System.exit(code);
    }

    /** Runs one command. Output goes to {@link System#out}, as UTF-8. */
    static int run(String... args) {
        return run(new StandardOutput(System.out), args);
    }

    private static int run(StandardOutput out, String[] args) {
        // figures look the same whatever the machine's language is
        Locale.setDefault(Locale.ROOT);
        CommandLine line = new CommandLine(new Main());
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(100);
        // a transcript's name may begin with an at sign; its content is no argument
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::misused);
        line.setExecutionExceptionHandler(Main::failed);
        int code = line.execute(args);
        if (line.getOut().checkError()) {
            if (out.isUnread()) {
                return ExitCode.UNREAD;
            }
            line.getErr().println("demur: standard output could not be written");
            return ExitCode.INTERNAL;
        }
        return code;
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        line.getErr().println("demur: " + Terminal.keyless(String.valueOf(e.getMessage())));
        if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
            String name = line.getCommandSpec().qualifiedName(" ");
            line.getErr().println("`%s --help` shows what can be said".formatted(name));
        }
        line.getErr().flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        line.getErr().println("demur: internal error: " + Terminal.plain(e));
        for (StackTraceElement frame : e.getStackTrace()) {
            line.getErr().println("    at " + frame);
        }
        line.getErr().flush();
        return ExitCode.INTERNAL;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}

/// The command line, the sample database and the reports.
module dev.hypha.app {
    requires dev.hypha.bench;
    requires dev.hypha.relational;
    requires com.fasterxml.jackson.databind;
    requires duckdb.jdbc;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires me.tongfei.progressbar;

    exports dev.hypha.app;

    opens dev.hypha.app.command to
            info.picocli;
}

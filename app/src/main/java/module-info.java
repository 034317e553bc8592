/// The command line, the sample database and the reports.
module dev.hypha.app {
    requires dev.hypha.relational;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires lightgbm4j;
    requires me.tongfei.progressbar;

    exports dev.hypha.app;

    opens dev.hypha.app.command to
            info.picocli;
}

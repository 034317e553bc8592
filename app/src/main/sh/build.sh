# What `hypha` and `verify` share: finding a JDK, and one build at a time. Sourced, never run; POSIX sh.
# `home` must be set to the checkout. HYPHA_ROOT stands before every absolute place, so that tests can show a
# machine of their own.

hypha_jdk_needed=25

# The feature version of the JDK in folder $1 ("25"), from its `release` file so that no Java is started;
# nothing where $1 holds no JDK (a JRE has no javac).
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1
}

# The folder that a program found on PATH belongs to: its links followed, two steps up.
jdk_of_program() {
    program=$1
    while [ -L "$program" ]; do
        link=$(readlink "$program")
        case $link in
            /*) program=$link ;;
            *) program=$(dirname "$program")/$link ;;
        esac
    done
    (cd "$(dirname "$program")/.." 2>/dev/null && pwd -P)
}

# Sets `jdk` to the first JDK that is new enough; otherwise says what is needed and where it looked, and fails.
find_jdk() {
    root=${HYPHA_ROOT:-}
    on_path=$(command -v java 2>/dev/null) && on_path=$(jdk_of_program "$on_path") || on_path=
    for candidate in \
        "${JAVA_HOME:-}" \
        "$root"/usr/lib/jvm/* \
        "$root"/usr/java/* \
        "$root"/opt/java/* \
        "$root"/opt/jdk* \
        "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$root"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "$on_path"; do
        [ -n "$candidate" ] || continue
        version=$(jdk_version "$candidate")
        if [ -n "$version" ] && [ "$version" -ge "$hypha_jdk_needed" ]; then
            jdk=$candidate
            return 0
        fi
    done
    echo "hypha: needs a JDK $hypha_jdk_needed or newer and found none in JAVA_HOME (${JAVA_HOME:-not set})," \
        "/usr/lib/jvm, /usr/java, /opt, /Library/Java/JavaVirtualMachines, SDKMAN, ~/.jdks, Homebrew or PATH" \
        "(java there: ${on_path:-none}); install one (https://adoptium.net) or point JAVA_HOME at it." >&2
    return 1
}

# Holds the build lock, waiting for whoever has it; a lock whose holder is gone is taken over.
# mkdir is the one atomic step that every Unix has (macOS has no flock).
lock_build() {
    lock=$home/target/build.lock
    mkdir -p "$home/target" || return 1
    told=
    unsigned=0
    until mkdir "$lock" 2>/dev/null; do
        holder=$(cat "$lock/pid" 2>/dev/null)
        # A moment passes between making the lock and signing it; half a minute does not.
        if [ -z "$holder" ]; then unsigned=$((unsigned + 1)); else unsigned=0; fi
        if [ $unsigned -gt 30 ] || { [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; }; then
            rm -rf "$lock"
            continue
        fi
        [ -n "$told" ] || echo "hypha: waiting for another build${holder:+ (process $holder)} ..." >&2
        told=yes
        sleep 1
    done
    echo $$ >"$lock/pid"
    trap unlock_build EXIT
    trap 'unlock_build; exit 130' INT
    trap 'unlock_build; exit 143' TERM HUP
}

unlock_build() {
    rm -rf "$home/target/build.lock"
    trap - EXIT INT TERM HUP
}

require_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "hypha: needs Apache Maven (mvn, 3.8 or newer) on PATH to build; install it (https://maven.apache.org)." >&2
    return 1
}

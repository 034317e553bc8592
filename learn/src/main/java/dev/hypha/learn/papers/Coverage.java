package dev.hypha.learn.papers;

import dev.hypha.learn.papers.Implementation.Extent;
import java.util.List;
import java.util.Optional;

/// How far a paper is covered.
///
/// @param parts what implements it, often one method; none where it is not implemented
/// @param last what was last measured by the settings that show it
public record Coverage(Paper paper, Status status, List<Implementation> parts, List<Last> last) {
    /// A setting and the record of its last measurement.
    public record Last(Setting setting, Optional<Recorded> recorded) {
        /// Whether all its trials were measured as the setting is today, and fulfil its checks.
        public boolean passes() {
            return recorded.map(each -> each.of(setting))
                    .filter(results -> results.size() == setting.trials().size())
                    .map(results -> Verdict.of(setting, results))
                    .filter(verdicts -> verdicts.stream().allMatch(Verdict::pass))
                    .isPresent();
        }
    }

    static Coverage of(Paper paper, Records records) {
        List<Implementation> parts = Papers.implementations().stream()
                .filter(each -> each.paper().equals(paper.name()))
                .toList();
        List<Last> last = parts.stream()
                .flatMap(part -> part.settings().stream())
                .distinct()
                .map(name -> new Last(Settings.named(name), records.of(name)))
                .toList();
        return new Coverage(paper, status(parts, last), parts, last);
    }

    static Status status(List<Implementation> parts, List<Last> last) {
        if (parts.isEmpty()) return Status.ABSENT;
        boolean all = parts.stream().allMatch(part -> part.shows() == Extent.ALL);
        return all && last.stream().allMatch(Last::passes) ? Status.WORKS : Status.SHORT;
    }
}

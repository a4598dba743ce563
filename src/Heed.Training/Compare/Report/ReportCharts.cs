using Heed.Training.Compare.Tasks;

namespace Heed.Training.Compare.Report;

/// <summary>The sections and charts of the report.</summary>
internal static class ReportCharts
{
    /// <summary>The sections in order: a heading, a paragraph, and the charts.</summary>
    /// <param name="results">What was measured.</param>
    public static IEnumerable<(string Heading, string Text, ChartSpec[] Charts)> Sections(CompareResults results)
    {
        CompareSettings settings = results.Settings;
        yield return (
            "Long-range dependency",
            "What was read long ago must be used now. A recurrent model carries it through every step in a state of fixed size; attention looks back at it directly. All models see the same examples, as often, and are scored on fresh ones. Models write one token at a time, given the right ones before. Recurrent encoders read in one direction, so that the distance is real for them.",
            [Agreement(settings.Tasks), Subject(settings.Tasks), SubjectLoss(), Recall(settings.Tasks), Copy(settings.Tasks)]);
        yield return (
            "Vanishing gradients",
            $"What a model can learn from a token far back depends on how much of the loss's gradient reaches it. Measured on the recall task at the embedding of each source token, over {settings.Tasks.GradientDistance} distractors: the mean norm over 32 sequences, relative to the largest. The item that is asked for stands at the far end. What is smaller than 1e-8 is drawn at the lower edge.",
            [Gradient("gradient-before", "Gradient at each source position, before training", "Random weights. A simple recurrent network multiplies the gradient by nearly the same matrix at every step back, so it shrinks (or grows) geometrically; gates slow that down; attention is one step from everywhere."),
             Gradient("gradient-after", "Gradient at each source position, after training", "The same, after training on the recall task. A model that learned to keep items has made a path for the gradient; one with attention has no need to.")]);
        yield return (
            "Speed and memory",
            $"Whole training steps (forward, backward, Adam) on {settings.Speed.Sequences} sequences at a time; source and target have the same length. A recurrent network does one token after another, whatever the machine could do at once; self-attention does all at once but compares each with each.",
            [StepTime(), TokensPerSecond(), Memory()]);
        yield return (
            "Translation of long sentences",
            $"Trained on up to {settings.Translation.LongestTrainedJoin} sentences joined, measured on more of them: {(settings.Translation.Pairs is null ? "German to English sentences of a small grammar" : "pairs of " + Path.GetFileName(settings.Translation.Pairs))}. This is the figure that motivated attention in 2014: without it, the whole sentence must fit into one vector. Greedy search; whiskers are 95 % bootstrap intervals.",
            [LongTranslation(results)]);
        if (settings.Ladder.Count > 0)
        {
            yield return (
                "The ladder on a real corpus",
                "Whole runs of the committed configurations, from raw text, scored on the corpus's test set, lower-cased as the published rungs are.",
                [Ladder(settings)]);
        }
    }

    private static ChartSpec Agreement(TaskSettings settings) => new()
    {
        Id = "agreement", Glance = "agreement", Unit = "clauses", Title = "Subject-verb agreement across relative clauses", XLabel = "relative clauses between subject and verb", YLabel = "verbs right",
        Introduction = "\"the cat that was sitting on the mats , which were next to the dogs , jump\": which form of the last verb agrees with the first noun? Every noun in between may have the other number. It is known from the start which noun counts, so one bit must be held, and a state can hold a bit for long; the next chart asks for more. Guessing gets half.",
        IsShare = true, YLeast = 0, YMost = 1, Chance = 0.5, TrainedUpTo = settings.TrainedAgreementClauses,
        Verdict = series => Verdicts.Distance(series, settings.TrainedAgreementClauses, "clauses", 0.5),
    };

    private static ChartSpec Subject(TaskSettings settings) => new()
    {
        Id = "subject", Glance = "named subject", Unit = "clauses", Title = "Agreement with a subject that is named at the end", XLabel = "relative clauses since the subject was mentioned", YLabel = "verbs right",
        Introduction = $"\"this sheep that stood near these deer that stood behind this fish , the deer wait\": the noun does not show its number, the word before it did. Any of the {settings.SubjectNouns} nouns may turn out to be the subject, so the numbers of all must be kept, or looked up. Guessing gets half.",
        IsShare = true, YLeast = 0, YMost = 1, Chance = 0.5, TrainedUpTo = settings.TrainedSubjectClauses,
        Verdict = series => Verdicts.Distance(series, settings.TrainedSubjectClauses, "clauses", 0.5),
    };

    private static ChartSpec SubjectLoss() => new()
    {
        Id = "subject-loss", Title = "How the named subject is learned", XLabel = "training step", YLabel = "loss, nats per token", LogY = true, YLeast = 1e-4,
        Introduction = "Two things must come together: a noun has to take up the number of the word before it, and the verb has to look that noun up. Neighbours are mixed by the way a recurrent or convolutional model is built. A Transformer has to find out both at once, and either is useless without the other; so its loss rests on what guessing gives and then, late, falls within a few hundred steps. Means over some steps each; what is smaller than 1e-4 is drawn at the lower edge.",
        Verdict = Verdicts.Learned,
    };

    private static ChartSpec Recall(TaskSettings settings) => new()
    {
        Id = "recall", Glance = "recall", Unit = "items", Title = "Recall of an item after n distractors", XLabel = "items between the one that is asked for and the question", YLabel = "answers right",
        Introduction = $"Items with one of {settings.RecallLabels} labels and one of 4 values, then a label: what was its value? Until the question any label may be asked for, so a state of fixed size must hold them all. One answer in four is guessed right by chance.",
        IsShare = true, LogX = true, YLeast = 0, YMost = 1, Chance = RecallTask.Chance, TrainedUpTo = settings.TrainedRecallDistance,
        Verdict = series => Verdicts.Distance(series, settings.TrainedRecallDistance, "items", RecallTask.Chance),
    };

    private static ChartSpec Copy(TaskSettings settings) => new()
    {
        Id = "copy", Glance = "copy", Unit = "tokens", Title = "Copy", XLabel = "length of the sequence", YLabel = "tokens right",
        Introduction = "Random tokens are to be written again. The state of a model without attention must hold all of them.",
        IsShare = true, YLeast = 0, YMost = 1, Chance = 1.0 / 16, TrainedUpTo = settings.TrainedCopyLength,
        Verdict = series => Verdicts.Distance(series, settings.TrainedCopyLength, "tokens", 1.0 / 16),
    };

    private static ChartSpec Gradient(string id, string title, string introduction) => new()
    {
        Id = id, Title = title, XLabel = "distance from the end of the source", YLabel = "gradient norm, relative", Introduction = introduction,
        LogY = true, YLeast = 1e-8, YMost = 1, Verdict = Verdicts.Gradient,
    };

    private static ChartSpec StepTime() => new()
    {
        Id = "step-time", Title = "Time of a training step", XLabel = "length of source and target, tokens", YLabel = "milliseconds", LogX = true, LogY = true,
        Introduction = "The median over a few steps. Both axes are logarithmic: the slope is the power with which the cost grows.",
        Verdict = series => Verdicts.Slopes(series, "time", "self-attention tends to 2 once its share of the work is the larger one."),
    };

    private static ChartSpec TokensPerSecond() => new()
    {
        Id = "tokens-per-second", Glance = "tokens/s", Unit = "tokens long", Title = "Tokens per second", XLabel = "length of source and target, tokens", YLabel = "source and target tokens per second", LogX = true, LogY = true,
        Introduction = "The same steps, counted in tokens.", Verdict = Verdicts.Fastest,
    };

    private static ChartSpec Memory() => new()
    {
        Id = "memory", Title = "Memory of a training step", XLabel = "length of source and target, tokens", YLabel = "MiB", LogX = true, LogY = true,
        Introduction = "What the forward pass keeps for the backward pass. Attention weights are not kept but computed again, so this grows with the length, not with its square.",
        Verdict = series => Verdicts.Slopes(series, "memory", "with kept attention weights it would tend to 2."),
    };

    private static ChartSpec LongTranslation(CompareResults results)
    {
        double[] lengths = [.. results.Measurements.Where(found => found.Chart == "long-translation").Select(found => found.X).Distinct().Order()];
        int joinsTrained = results.Settings.Translation.Joins.Order().TakeWhile(join => join <= results.Settings.Translation.LongestTrainedJoin).Count();
        double? trained = joinsTrained > 0 && joinsTrained <= lengths.Length ? lengths[joinsTrained - 1] : null;
        return new()
        {
            Id = "long-translation", Glance = "BLEU", Unit = "words", Title = "BLEU against sentence length", XLabel = "mean length of the source, words", YLabel = "BLEU", IsScore = true, YLeast = 0,
            Introduction = "Each point is one number of joined sentences.", TrainedUpTo = trained, Verdict = series => Verdicts.LongSentences(series, trained ?? 0),
        };
    }

    private static ChartSpec Ladder(CompareSettings settings) => new()
    {
        Id = "ladder", Glance = "BLEU, Multi30k", Title = "BLEU of the ladder", XLabel = "BLEU, lower-cased", YLabel = "BLEU, lower-cased", IsScore = true, IsBars = true,
        Introduction = "The upright mark is the published score of a model of its kind. Whiskers are 95 % bootstrap intervals.", Verdict = series => Verdicts.Ladder(series, settings.Ladder),
    };
}

// many tests wait for a shop or a time limit: more of them than there are cores
[assembly: LevelOfParallelism(6)]
[assembly: Parallelizable(ParallelScope.Fixtures)]

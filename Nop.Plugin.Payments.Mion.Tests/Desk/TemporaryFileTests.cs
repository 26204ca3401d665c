using Nop.Plugin.Payments.Mion.Desk;

namespace Nop.Plugin.Payments.Mion.Tests.Desk;

/// <summary>An export needs no folder that can be written.</summary>
public class TemporaryFileTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_written_comes_out_from_its_beginning(bool folderIsThere)
    {
        var folder = folderIsThere ? Path.GetTempPath() : Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        await using var content = await TemporaryFile.WriteAsync(folder, output => output.WriteAsync("a,b"u8.ToArray()).AsTask());

        using var reader = new StreamReader(content);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("a,b"));
    }

    [TestCase(typeof(IOException))]
    [TestCase(typeof(UnauthorizedAccessException))]
    public async Task A_disk_that_fails_halfway_leaves_no_half_content(Type failure)
    {
        var calls = 0;

        await using var content = await TemporaryFile.WriteAsync(Path.GetTempPath(), async output =>
        {
            await output.WriteAsync("a,b"u8.ToArray());
            if (calls++ == 0)
                throw (Exception)Activator.CreateInstance(failure, "No space left on device")!;
        });

        using var reader = new StreamReader(content);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("a,b"));
    }
}

namespace Nop.Core.Caching;

/// <summary>The name and the time to live of a cached value.</summary>
public class CacheKey
{
    public CacheKey(string key)
    {
        Key = key;
    }

    public string Key { get; protected set; }

    public int CacheTime { get; set; }
}

/// <summary>Makes cache keys.</summary>
public interface ICacheKeyService
{
    CacheKey PrepareKey(CacheKey cacheKey, params object[] cacheKeyParameters);

    CacheKey PrepareKeyForDefaultCache(CacheKey cacheKey, params object[] cacheKeyParameters);
}
